-- Who served, as a register kept on paper or in a spreadsheet wrote it; visits recorded here have their account.
alter table desk.visit add operator text check (length(operator) <= 80);
