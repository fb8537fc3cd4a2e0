package clusters

import (
	"context"

	"github.com/influxdata/influxdb/v2/kit/feature"
)

var newLabels = feature.MakeBoolFlag("New labels", "newLabels", "Ann", false, feature.Temporary, false) // want declare:newLabels=false

// NewLabels is an accessor in the form of those that its generator writes.
func NewLabels() feature.BoolFlag { return newLabels }

var mode = feature.MakeStringFlag("Mode", "mode", "Ann", "a", feature.Permanent, false) // want declare:mode=a

var size = feature.MakeIntFlag("Size", "size", "Ann", 3, feature.Permanent, false) // want declare:size=3

var ratio = feature.MakeFloatFlag("Ratio", "ratio", "Ann", 0.5, feature.Permanent, false) // want declare:ratio=0.5

func influxDB(ctx context.Context) {
	on(NewLabels().Enabled(ctx), mode.String(ctx), size.Int(ctx), ratio.Float(ctx)) // want read:newLabels read:mode read:size read:ratio
	on(feature.FlagsFromContext(ctx), feature.ExposedFlagsFromContext(ctx, nil))    // want bulk:* bulk:*
}
