package fuzz

import (
	"context"

	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

// Shrink makes a failing case smaller.
func Shrink(ctx context.Context, dir string, c *rewritetest.Case, failure error) (*rewritetest.Case, error) {
	return c, failure
}
