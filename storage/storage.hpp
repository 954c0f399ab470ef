#pragma once
// What is remembered. Whoever wants to read or write something durable starts here:
//
//   turn_journal   one row a turn, and with it, in the same transaction, the rows of what the turn brought about
//   case_store     cases and the mediator queue: list, show, claim, release
//   effects/       the rows of everything else that a turn brings about, written by the journal
//   services/      the readers and workers of those rows, and the facts that a turn may have to know
//   migrations     bring the schema up to date, or say how far it is
//   crypto/        field encryption: a key for every citizen, wrapped by the master key
//   sql/           one connection and one transaction function, over SQLite and over the MySQL protocol
//   schema/        numbered SQL files per engine, never edited after a release
//
// Repositories are written once over sql/connection.hpp. All of it blocks: call it on storage threads only.

#include "storage/case_store.hpp"
#include "storage/crypto/keyring.hpp"
#include "storage/migrations.hpp"
#include "storage/services/facts.hpp"
#include "storage/sql/connection.hpp"
#include "storage/turn_journal.hpp"
