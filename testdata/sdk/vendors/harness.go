package vendors

import (
	harness "github.com/harness/ff-golang-server-sdk/client"
	"github.com/harness/ff-golang-server-sdk/evaluation"
)

func harnessFlags(c *harness.CfClient, u *evaluation.Target) {
	a, _ := c.BoolVariation("bool", u, true)    // want read:bool=true
	b, _ := c.StringVariation("string", u, "a") // want read:string=a
	i, _ := c.IntVariation("int", u, 1)         // want read:int=1
	n, _ := c.NumberVariation("number", u, 0.5) // want read:number=0.5
	j, _ := c.JSONVariation("json", u, nil)     // want read:json
	on(a, b, i, n, j)
}
