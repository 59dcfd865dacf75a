-- Said after reading a public page: which one ('servizi/sportello-stranieri'). A place, never a person.
alter table participation.voice
  add column about text not null default '' check (about ~ '^([a-z]{1,20}/[a-z0-9-]{1,120})?$'),
  add constraint about_a_page check (about = '' or channel = 'portal');
