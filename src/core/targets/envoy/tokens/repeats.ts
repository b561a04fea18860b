import type { Authentication } from '../../../ir/authentication.ts';
import { extension, type Fields } from '../typed-config.ts';
import { lua, luaSet } from './lua.ts';
import { tokenPlaces } from './places.ts';

/**
 * The filter that refuses (401) a request whose query or cookies hold a token's name twice, or spelled with escapes:
 * Envoy checks the first plain one alone, and the application might read another. (It refuses repeated headers itself.)
 */
export function repeatedTokensFilter(authentication: Authentication): readonly Fields[] {
  const sources = tokenPlaces(authentication).map(({ source }) => source);
  const queries = sources.filter(({ type }) => type === 'query').map(({ name }) => name);
  const cookies = sources.filter(({ type }) => type === 'cookie').map(({ name }) => name);
  if (queries.length + cookies.length === 0) return [];
  return [
    extension('tokens once', 'envoy.extensions.filters.http.lua.v3.Lua', {
      default_source_code: {
        inline_string: `${luaSet('queries', queries)}${luaSet('cookies', cookies)}${script}`,
      },
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

function envoy_on_request(handle)
  local headers = handle:headers()
  local query = (headers:get(":path") or ""):match("%?(.*)$") or ""
  local bad = refused(query, "&", queries, {})
  local seen = {}
  for line = 0, headers:getNumValues("cookie") - 1 do
    bad = bad or refused(headers:getAtIndex("cookie", line), ";", cookies, seen)
  end
  if bad then
    handle:respond({[":status"] = "401", ["www-authenticate"] = "Bearer"}, "a token is sent twice")
  end
end
`);
