package registry

// Retire is a house rule: what becomes of a flag's definition when the flag is removed.
type Retire string

// The house rules.
const (
	RetireRemove  Retire = "remove"  // delete it; the default
	RetireKeep    Retire = "keep"    // leave it
	RetireMove    Retire = "move"    // move it to a block that a comment heads
	RetireRestage Retire = "restage" // leave it, in the stage that settles the winner
)

// House is a house rule with what it needs; the zero House is none.
type House struct {
	Rule Retire
	// To is, for RetireMove, what the comment holds that heads the block; for
	// RetireRestage the version that the registration gets.
	To string
}
