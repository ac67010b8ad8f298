//! Reads API reference pages (Mintlify, ReadMe.com) and OpenAPI files into OpenAPI fragments with byte positions.
