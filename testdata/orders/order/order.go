// Package order prices orders and writes them out.
package order

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"

	"example.com/orders/flags"
)

// The flags of this package.
const (
	bulkDiscount = "bulk-discount"
	roundUp      = "round-up"
)

// Line is a line of an order.
type Line struct {
	Item  string
	Count int
	Price int // of one, in cents
}

// Order is what somebody wants.
type Order struct{ Lines []Line }

// Service knows prices.
type Service struct{ Flags *flags.Store }

// Total returns what an order costs, in cents.
func (s *Service) Total(ctx context.Context, o Order) (int, error) {
	bulk, err := s.Flags.Enabled(ctx, bulkDiscount)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, l := range o.Lines {
		if bulk {
			total += bulkPrice(l)
		} else {
			total += plainPrice(l)
		}
	}
	up, err := s.Flags.Enabled(ctx, roundUp)
	if err != nil {
		return 0, err
	}
	if up {
		total = (total + 99) / 100 * 100
	}
	return total, nil
}

// bulkPrice takes a tenth off from ten pieces on.
func bulkPrice(l Line) int {
	price := l.Count * l.Price
	if l.Count >= 10 {
		price -= price / 10
	}
	return price
}

// plainPrice multiplies.
func plainPrice(l Line) int { return l.Count * l.Price }

// Export writes an order out.
func (o Order) Export(w io.Writer) error {
	if os.Getenv("FEATURE_CSV_EXPORT") != "1" {
		return exportText(w, o)
	}
	out := csv.NewWriter(w)
	for _, l := range o.Lines {
		if err := out.Write([]string{l.Item, strconv.Itoa(l.Count), strconv.Itoa(l.Price)}); err != nil {
			return fmt.Errorf("writing the order: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// exportText writes a line for each line.
func exportText(w io.Writer, o Order) error {
	for _, l := range o.Lines {
		if _, err := fmt.Fprintf(w, "%d x %s\n", l.Count, l.Item); err != nil {
			return fmt.Errorf("writing the order: %w", err)
		}
	}
	return nil
}
