-- Which measure of the programme a row answers: of the numbers a process row is split into, one carries its target.
alter table monitoring.indicator add measure text;
