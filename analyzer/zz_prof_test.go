package analyzer

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/registry"
)

func TestZZProf(t *testing.T) {
	dir := os.Getenv("PROFDIR")
	if dir == "" {
		t.Skip()
	}
	d, err := Load(Settings{Dir: dir, Today: registry.DateOf(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	_, _, _, err = d.Find(context.Background(), []string{"./..."}, func(s string) { fmt.Println(time.Since(start), s) })
	fmt.Println(time.Since(start), err)
}

func TestZZSites(t *testing.T) {
	dir := os.Getenv("PROFDIR")
	if dir == "" {
		t.Skip()
	}
	d, err := Load(Settings{Dir: dir, Today: registry.DateOf(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	c, err := d.Check(context.Background(), []string{"./..."}, func(s string) { fmt.Println(time.Since(start), s) })
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Sites {
		fmt.Println("SITE", s.Provider, s.Role, s.KeyKind, s.Flag.Key, s.Pos, s.Test, s.Via)
	}
	for _, p := range c.Problems {
		fmt.Println("PROBLEM", p)
	}
	fmt.Println(time.Since(start))
}
