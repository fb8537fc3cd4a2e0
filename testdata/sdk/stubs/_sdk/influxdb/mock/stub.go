// Package mock answers as tests wish.
package mock

import "github.com/influxdata/influxdb/v2/kit/feature"

// Flagger answers.
type Flagger struct{ flags map[feature.Flag]any }

// NewFlagger returns one that answers as the map says.
func NewFlagger(flags map[feature.Flag]any) *Flagger { return &Flagger{flags} }
