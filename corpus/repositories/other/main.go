package main

import "fmt"

func main() {
	fmt.Println("migrate_schemas is no word of this repository")
}
