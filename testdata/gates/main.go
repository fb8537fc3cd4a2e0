// Command gates shows what queues lend.
package main

import (
	"fmt"

	"example.com/gates/features"
	"example.com/gates/queue"
)

func main() {
	three := 3
	queues := []*queue.Queue{{Name: "b", Quota: 10, Lending: &three}, {Name: "a", Quota: 5}}
	queue.Order(queues)
	for _, q := range queues {
		fmt.Println(q.Name, q.Lendable(), q.Validate())
	}
	if features.Enabled(features.Visibility) {
		fmt.Println(len(queues), "queues")
	}
}
