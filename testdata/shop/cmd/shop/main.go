// Command shop serves the shop.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"

	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/open-feature/go-sdk/openfeature"

	"example.com/shop/internal/checkout"
	"example.com/shop/internal/flags"
	"example.com/shop/internal/pricing"
	"example.com/shop/internal/shipping"
	"example.com/shop/internal/web"
)

func main() {
	if err := run(":8080"); err != nil {
		fmt.Fprintln(os.Stderr, "shop:", err)
		os.Exit(1)
	}
}

// run serves the shop at addr until that ends. Without an SDK key every flag
// has the value that the code itself passes.
func run(addr string) error {
	key := os.Getenv("LAUNCHDARKLY_SDK_KEY")
	client, err := ld.MakeCustomClient(key, ld.Config{Offline: key == ""}, 5*time.Second)
	if err != nil {
		return fmt.Errorf("connecting to LaunchDarkly: %w", err)
	}
	defer client.Close()

	asked := flags.New(client)
	orders := checkout.New(asked, pricing.New(client), time.Now)
	carriers := shipping.New(openfeature.NewDefaultClient())
	return http.ListenAndServe(addr, web.New(asked, orders, carriers).Handler())
}
