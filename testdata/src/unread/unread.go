// Package unread declares a flag that nobody asks for. That is told of the whole
// program alone: another package may ask.
package unread

import "go.opentelemetry.io/collector/featuregate"

// nope: only the whole program knows who asks for it.
var _ = featuregate.GlobalRegistry().MustRegister("unread.Gate", featuregate.StageAlpha)
