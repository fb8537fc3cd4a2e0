package checkout

// pages are the pages of the wizard, in order.
var pages = []string{"address", "delivery", "payment", "review"}

// wizard leads a customer through the checkout, page by page.
type wizard struct {
	gift bool
}

// steps returns the pages that the customer has to pass.
func (w wizard) steps() []string {
	if w.gift {
		return append([]string{"card"}, pages...)
	}
	return pages
}
