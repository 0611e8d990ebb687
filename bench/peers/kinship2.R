# Lays one family out with kinship2: people on standard input, positions on standard output.
# Lines in: P id dad mum sex(1|2|3), S id id for a couple without children. Lines out: id x row,
# once for every time somebody is drawn, then T, the seconds on the wall and on the processor.
suppressMessages(library(kinship2))
lines <- strsplit(readLines(file("stdin")), "\t")
people <- do.call(rbind, Filter(function(line) line[1] == "P", lines))
couples <- do.call(rbind, Filter(function(line) line[1] == "S", lines))
known <- function(column) ifelse(column == "", NA, column)
given <- list(
  id = people[, 2], dadid = known(people[, 3]), momid = known(people[, 4]),
  sex = as.integer(people[, 5])
)
if (!is.null(couples)) {
  given$relation <- data.frame(id1 = couples[, 2], id2 = couples[, 3], code = 4)
}
started <- proc.time()
family <- do.call(pedigree, given)
laid <- align.pedigree(family)
took <- proc.time() - started
for (row in seq_along(laid$n)) {
  for (place in seq_len(laid$n[row])) {
    cat(people[floor(laid$nid[row, place]), 2], laid$pos[row, place], row, sep = "\t")
    cat("\n")
  }
}
cat("T", took[["elapsed"]], took[["user.self"]] + took[["sys.self"]], sep = "\t")
cat("\n")
