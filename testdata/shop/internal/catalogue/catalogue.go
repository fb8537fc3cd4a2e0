// Package catalogue knows what the shop sells.
package catalogue

// Item is something that can be bought.
type Item struct {
	SKU    string `json:"sku"`
	Name   string `json:"name"`
	Price  int    `json:"price"`  // in cents
	Weight int    `json:"weight"` // in grams
}

var items = []Item{
	{SKU: "mug", Name: "Mug", Price: 900, Weight: 350},
	{SKU: "pot", Name: "Teapot", Price: 3200, Weight: 1200},
	{SKU: "tea", Name: "Green tea", Price: 650, Weight: 100},
}

// All returns every item.
func All() []Item {
	return append([]Item(nil), items...)
}

// Find returns the item with that stock-keeping unit.
func Find(sku string) (Item, bool) {
	for _, item := range items {
		if item.SKU == sku {
			return item, true
		}
	}
	return Item{}, false
}
