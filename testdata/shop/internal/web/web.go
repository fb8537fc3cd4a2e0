// Package web serves the shop over HTTP.
package web

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/catalogue"
	"example.com/shop/internal/checkout"
	"example.com/shop/internal/flags"
	"example.com/shop/internal/shipping"
)

// Server serves the shop; carts live in memory.
type Server struct {
	flags    *flags.Client
	orders   *checkout.Service
	shipping *shipping.Service

	mu    sync.Mutex
	carts map[string]*cart.Cart // by customer
}

// New returns a Server.
func New(client *flags.Client, orders *checkout.Service, carriers *shipping.Service) *Server {
	return &Server{flags: client, orders: orders, shipping: carriers, carts: map[string]*cart.Cart{}}
}

// Handler returns the shop's pages.
func (s *Server) Handler() http.Handler {
	if os.Getenv("FEATURE_MAINTENANCE") == "true" {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "we will be back soon", http.StatusServiceUnavailable)
		})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items", s.items)
	mux.HandleFunc("POST /cart/{sku}", s.add)
	mux.HandleFunc("GET /checkout", s.review)
	mux.HandleFunc("POST /orders", s.order)
	return mux
}

// items lists what the shop sells.
func (s *Server) items(w http.ResponseWriter, r *http.Request) {
	page := struct {
		Items    []catalogue.Item `json:"items"`
		GiftWrap bool             `json:"giftWrap"`
	}{Items: catalogue.All()}
	if s.flags.On("giftwrap", ldcontext.New(r.Header.Get("X-Customer"))) {
		page.GiftWrap = true
	}
	write(w, page)
}

// add puts one more of an item into the customer's cart.
func (s *Server) add(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cart(r)
	if err := c.Add(r.PathValue("sku"), 1); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	write(w, c)
}

// review shows what the customer is about to buy.
func (s *Server) review(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cart(r)
	user := ldcontext.New(r.Header.Get("X-Customer"))
	if !s.flags.NewCheckout(user) {
		writeStep(w, 1)
		return
	}
	write(w, struct {
		Cart    *cart.Cart `json:"cart"`
		Carrier string     `json:"carrier"`
		Notices []string   `json:"notices"`
	}{c, s.shipping.Carrier(r.Context(), c), s.orders.Notices(c)})
}

// order orders what is in the customer's cart, and empties it.
func (s *Server) order(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cart(r)
	order, err := s.orders.Place(c)
	if err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	delete(s.carts, c.Customer)
	write(w, order)
}

// cart returns the cart of the customer who asks. Precondition: s.mu is held.
func (s *Server) cart(r *http.Request) *cart.Cart {
	customer := r.Header.Get("X-Customer")
	c := s.carts[customer]
	if c == nil {
		c = &cart.Cart{Customer: customer, Country: r.Header.Get("X-Country")}
		s.carts[customer] = c
	}
	return c
}

// writeStep writes a page of the wizard.
func writeStep(w io.Writer, step int) {
	fmt.Fprintln(w, "Step "+strconv.Itoa(step)+" of 4")
}

// write answers with v as JSON.
func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Warn("writing an answer", "err", err)
	}
}
