-- School holidays close nothing; those written here take the place of the computed ones.
alter table territory.closure drop constraint closure_kind_check;
alter table territory.closure add constraint closure_kind_check check (kind in ('holiday', 'local', 'summer', 'school'));
