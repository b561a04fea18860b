import type { Authentication } from '../../../ir/authentication.ts';
import { extension, type Fields } from '../typed-config.ts';
import { lua, luaSet, luaString } from './lua.ts';
import { tokenPlaces } from './places.ts';

/**
 * Returns the filter that refuses (401) a request in which a token's header, query parameter or cookie occurs twice, or
 * has a name with escapes: Envoy checks only the first plain one, while the application might read another. (Envoy
 * itself joins lines of `authorization` and refuses the result.)
 */
export function repeatedTokensFilter(authentication: Authentication): readonly Fields[] {
  const sources = tokenPlaces(authentication).map(({ source }) => source);
  const queries = sources.filter(({ type }) => type === 'query').map(({ name }) => name);
  const cookies = sources.filter(({ type }) => type === 'cookie').map(({ name }) => name);
  const lines = sources.flatMap((source) =>
    source.type === 'header' && source.name !== 'authorization'
      ? [`{${luaString(source.name)}, ${luaString(source.prefix)}}`]
      : [],
  );
  if (queries.length + cookies.length + lines.length === 0) return [];
  const tables = `local lines = {${lines.join(', ')}}\n${luaSet('queries', queries)}${luaSet('cookies', cookies)}`;
  return [
    extension('tokens once', 'envoy.extensions.filters.http.lua.v3.Lua', {
      default_source_code: { inline_string: `${tables}${script}` },
    }),
  ];
}

const script = lua(`
local function plain(name)
  return (name:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function refused(text, separator, names, seen)
  for part in text:gmatch("[^" .. separator .. "]+") do
    local sent = part:match("^%s*([^=]-)%s*=") or part
    local name = plain(sent)
    if names[name] then
      if seen[name] or name ~= sent then return true end
      seen[name] = true
    end
  end
  return false
end

local function repeated(headers, name, prefix)
  local count = headers:getNumValues(name)
  if count < 2 then return false end
  for line = 0, count - 1 do
    if headers:getAtIndex(name, line):find(prefix, 1, true) then return true end
  end
  return false
end

function envoy_on_request(handle)
  local headers = handle:headers()
  local query = (headers:get(":path") or ""):match("%?(.*)$") or ""
  local bad = refused(query, "&", queries, {})
  local seen = {}
  for line = 0, headers:getNumValues("cookie") - 1 do
    bad = bad or refused(headers:getAtIndex("cookie", line), ";", cookies, seen)
  end
  for _, line in ipairs(lines) do
    bad = bad or repeated(headers, line[1], line[2])
  end
  if bad then
    handle:respond({[":status"] = "401", ["www-authenticate"] = "Bearer"}, "a token is sent twice")
  end
end
`);
