package vendors

import devcycle "github.com/devcyclehq/go-server-sdk/v2"

func devCycle(c *devcycle.Client, i devcycle.ClientImpl, u devcycle.User) {
	v, err := c.VariableValue(u, "plain", false) // want read:plain=false
	b, ok := v.(bool)
	on(b, ok, err)
	w, _ := c.Variable(u, "variable", "red")  // want read:variable=red
	x, _ := i.Variable(u, "inner", "Boolean") // want read:inner=Boolean
	on(w.Value, x.Value)
	f, _ := c.AllFeatures(u)  // want bulk:*
	a, _ := c.AllVariables(u) // want bulk:*
	on(f, a)
}
