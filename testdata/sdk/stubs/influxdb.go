package stubs

import (
	"context"

	"github.com/influxdata/influxdb/v2/kit/feature"
	"github.com/influxdata/influxdb/v2/mock"
)

var newLabels = feature.MakeBoolFlag("New labels", "newLabels", "Ann", false, feature.Temporary, false) // want declare:newLabels=false

// NewLabels is an accessor in the form of those that its generator writes.
func NewLabels() feature.BoolFlag { return newLabels }

func influxDB(ctx context.Context) {
	on(NewLabels().Enabled(ctx)) // want read:newLabels
	on(mock.NewFlagger(map[feature.Flag]any{
		NewLabels(): true, // want override:newLabels=true
	}))
}
