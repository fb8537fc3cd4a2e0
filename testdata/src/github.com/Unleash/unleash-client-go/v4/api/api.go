// Package api is a stub of the data of Unleash's API.
package api

// Payload is what a variant carries.
type Payload struct {
	Type  string
	Value string
}

// Variant is a variant of a feature.
type Variant struct {
	Name           string
	Payload        Payload
	Enabled        bool
	FeatureEnabled bool
}

// Feature is a feature.
type Feature struct {
	Name    string
	Enabled bool
}
