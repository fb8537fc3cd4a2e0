// Command orders writes an order out.
package main

import (
	"fmt"
	"os"

	"example.com/orders/order"
)

func main() {
	o := order.Order{Lines: []order.Line{{Item: "pen", Count: 2, Price: 105}}}
	if err := o.Export(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
