// Package gates registers flags of its own.
package gates

import "go.opentelemetry.io/collector/featuregate"

var Exported = featuregate.GlobalRegistry().MustRegister("app.exported", featuregate.StageBeta)

var hidden = featuregate.GlobalRegistry().MustRegister("app.hidden", featuregate.StageBeta)

// nope: it is registered right here.
func Hidden() bool { return hidden.IsEnabled() }
