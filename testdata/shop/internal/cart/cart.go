// Package cart holds what a customer is about to buy.
package cart

import (
	"fmt"

	"example.com/shop/internal/catalogue"
)

// Cart is what one customer is about to buy.
type Cart struct {
	Customer string `json:"customer"`
	Country  string `json:"country"`
	Gift     bool   `json:"gift"`
	Lines    []Line `json:"lines"`
}

// Line is a number of equal items.
type Line struct {
	Item     catalogue.Item `json:"item"`
	Quantity int            `json:"quantity"`
}

// Add puts quantity more of an item into the cart.
func (c *Cart) Add(sku string, quantity int) error {
	if quantity < 1 {
		return fmt.Errorf("adding %q: quantity %d", sku, quantity)
	}
	item, ok := catalogue.Find(sku)
	if !ok {
		return fmt.Errorf("adding %q: no such item", sku)
	}
	for i := range c.Lines {
		if c.Lines[i].Item.SKU == sku {
			c.Lines[i].Quantity += quantity
			return nil
		}
	}
	c.Lines = append(c.Lines, Line{Item: item, Quantity: quantity})
	return nil
}

// Quantity returns how many items are in the cart.
func (c *Cart) Quantity() int {
	n := 0
	for _, line := range c.Lines {
		n += line.Quantity
	}
	return n
}

// Subtotal returns the price of the items, in cents.
func (c *Cart) Subtotal() int {
	sum := 0
	for _, line := range c.Lines {
		sum += line.Quantity * line.Item.Price
	}
	return sum
}

// Weight returns the weight of the items, in grams.
func (c *Cart) Weight() int {
	sum := 0
	for _, line := range c.Lines {
		sum += line.Quantity * line.Item.Weight
	}
	return sum
}
