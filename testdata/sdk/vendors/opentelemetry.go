package vendors

import "go.opentelemetry.io/collector/featuregate"

var otelGate = featuregate.GlobalRegistry().MustRegister("new.exporter", featuregate.StageBeta, featuregate.WithRegisterToVersion("v1.0.0")) // want declare:new.exporter

func openTelemetry(r *featuregate.Registry) {
	g, _ := r.Register("local", featuregate.StageAlpha) // want declare:local
	on(otelGate.IsEnabled(), g.IsEnabled())             // want read:new.exporter read:local
	r.VisitAll(func(*featuregate.Gate) {})              // want bulk:*
}

func openTelemetryTests() {
	on(featuregate.GlobalRegistry().Set("new.exporter", true)) // want override:new.exporter=true
}
