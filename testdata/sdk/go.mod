module github.com/flagdebt/flagdebt/testdata/sdk

go 1.26.0

require github.com/flagdebt/flagdebt v0.0.0

require (
	go.yaml.in/yaml/v4 v4.0.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
)

replace github.com/flagdebt/flagdebt => ../..
