// Package flags asks for feature flags: the table feature_flags holds them, and a
// variable of the environment wins over it.
package flags

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Store reads flags.
type Store struct{ db *sql.DB }

// New returns a store over a database.
func New(db *sql.DB) *Store { return &Store{db} }

// Enabled reports whether a flag is on.
func (s *Store) Enabled(ctx context.Context, name string) (bool, error) {
	if text := os.Getenv(variable(name)); text != "" {
		return text == "on", nil
	}
	var on bool
	err := s.db.QueryRowContext(ctx, "SELECT enabled FROM feature_flags WHERE name = ?", name).Scan(&on)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading flag %s: %w", name, err)
	}
	return on, nil
}

// variable returns the name of the variable for a flag.
func variable(name string) string {
	return "ORDERS_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}
