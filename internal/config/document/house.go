package document

import "github.com/flagdebt/flagdebt/registry"

// House takes a house rule: a word, {move: comment} or {restage: version}.
func House(h *registry.House) func(Node) {
	return func(n Node) {
		if !n.IsMapping() {
			Word(&h.Rule, registry.RetireRemove, registry.RetireKeep)(n)
			return
		}
		take := func(rule registry.Retire) func(Node) {
			return func(n Node) {
				h.Rule = rule
				Text(&h.To)(n)
			}
		}
		n.Fields(Fields{string(registry.RetireMove): take(registry.RetireMove), string(registry.RetireRestage): take(registry.RetireRestage)})
		switch {
		case h.To == "":
			n.Errorf("no move: give the words of the comment that heads the block, as in {move: Deprecated}, or the version in {restage: v1.9.0}")
		case h.Rule == registry.RetireRestage:
			if _, err := registry.ParseVersion(h.To); err != nil {
				n.Errorf("restage: %v", err)
			}
		}
	}
}
