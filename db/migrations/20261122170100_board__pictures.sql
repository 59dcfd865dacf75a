-- A picture beside a text. What it shows is said in words, which are translated and grow old as the other words do.
alter table board.source_version add alt text not null default '' check (length(alt) <= 300);
alter table board.translation add alt text not null default '' check (length(alt) <= 300);

create table board.picture (
  ambito_id uuid not null,
  item_id uuid not null,
  file_id uuid not null,
  width smallint not null check (width between 1 and 4000),
  height smallint not null check (height between 1 and 4000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, item_id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
create index picture_by_file on board.picture (ambito_id, file_id);
select kernel.protect('board.picture', 'select, insert, update, delete');
