package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"
	"github.com/open-feature/go-sdk/openfeature"

	"example.com/shop/internal/checkout"
	"example.com/shop/internal/flags"
	"example.com/shop/internal/flags/flagstest"
	"example.com/shop/internal/pricing"
	"example.com/shop/internal/shipping"
	"example.com/shop/internal/web"
)

func handler(t *testing.T, td *ldtestdata.TestDataSource) http.Handler {
	t.Helper()
	client := flagstest.Client(t, td)
	orders := checkout.New(flags.New(client), pricing.New(client), time.Now)
	return web.New(flags.New(client), orders, shipping.New(openfeature.NewDefaultClient())).Handler()
}

func ask(h http.Handler, method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("X-Customer", "ann")
	r.Header.Set("X-Country", "NL")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestShopping(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").VariationForAll(true))
	h := handler(t, td)

	for _, test := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/items", http.StatusOK, `"Teapot"`},
		{"POST", "/orders", http.StatusConflict, "the cart is empty"},
		{"POST", "/cart/anvil", http.StatusNotFound, "no such item"},
		{"POST", "/cart/mug", http.StatusOK, `"quantity":1`},
		{"GET", "/checkout", http.StatusOK, `"carrier":"post"`},
		{"POST", "/orders", http.StatusOK, `"total":1390`},
	} {
		w := ask(h, test.method, test.path)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s %s: %d %s, want %d and %s", test.method, test.path, w.Code, w.Body, test.status, test.want)
		}
	}
}

func TestMaintenance(t *testing.T) {
	t.Setenv("FEATURE_MAINTENANCE", "true")
	w := ask(handler(t, ldtestdata.DataSource()), "GET", "/items")
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d, want %d", w.Code, http.StatusServiceUnavailable)
	}
}
