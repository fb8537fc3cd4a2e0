// Package app is two wrappers away from who asks.
package app

import "handson/wrap"

func New() bool { return wrap.Named("new") } // want New:"asks for a flag"

func Prefixed(key string) bool { return wrap.Prefixed(key) } // want Prefixed:"asks for a flag"

func On(c wrap.Client) bool { return c.Old() } // want On:"asks for a flag"

func Constant() string { return wrap.Constant() }
