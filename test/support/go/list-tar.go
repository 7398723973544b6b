// List-tar reads tars from its input, each behind its length as four bytes, and writes a line of JSON for each: the entries that
// archive/tar finds, and its error.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"strings"
)

type entry struct {
	Name, Link                         []byte
	Type                               byte
	Size, Mode, Uid, Gid, Major, Minor int64
	IsSparse                           bool
	Attributes                         map[string][]byte
}

type listing struct {
	Entries []entry
	Error   string
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		var length uint32
		if binary.Read(in, binary.BigEndian, &length) != nil {
			return
		}
		archive := make([]byte, length)
		if _, err := io.ReadFull(in, archive); err != nil {
			panic(err)
		}
		if err := out.Encode(list(archive)); err != nil {
			panic(err)
		}
	}
}

func list(archive []byte) listing {
	found := listing{Entries: []entry{}}
	reader := tar.NewReader(bytes.NewReader(archive))
	for {
		header, err := reader.Next()
		if err == io.EOF {
			return found
		}
		if err != nil {
			found.Error = err.Error()
			return found
		}
		if header.Typeflag != tar.TypeXGlobalHeader {
			found.Entries = append(found.Entries, entryOf(header))
		}
	}
}

func entryOf(header *tar.Header) entry {
	isSparse := header.Typeflag == tar.TypeGNUSparse
	attributes := map[string][]byte{}
	for key, value := range header.PAXRecords {
		isSparse = isSparse || strings.HasPrefix(key, "GNU.sparse.")
		if name, ok := strings.CutPrefix(key, "SCHILY.xattr."); ok {
			attributes[name] = []byte(value)
		}
	}
	return entry{
		Name: []byte(header.Name), Link: []byte(header.Linkname), Type: header.Typeflag,
		Size: header.Size, Mode: header.Mode, Uid: int64(header.Uid), Gid: int64(header.Gid),
		Major: header.Devmajor, Minor: header.Devminor,
		IsSparse: isSparse, Attributes: attributes,
	}
}
