-- Which lines stood on a sheet when it was printed: whoever was added since is on no signed paper, and says so.
create table kernel.printed_sheet (
  ambito_id uuid not null,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  thing_id uuid not null,
  printing integer not null check (printing between 1 and 9999),
  sheet integer not null check (sheet between 1 and 9999),
  lines uuid[] not null,
  -- Empty lines, for whoever comes without having been expected.
  spare integer not null default 0 check (spare >= 0),
  printed_at timestamptz not null default kernel.now(),
  printed_by uuid,
  primary key (ambito_id, kind, thing_id, printing, sheet)
);
select kernel.protect('kernel.printed_sheet', 'select, insert');

-- Of a sheet filed by hand: the last printing before it was scanned.
alter table kernel.scan_page add printing integer check (printing >= 1);
