import type { Authentication } from '../../../ir/authentication.ts';
import { extension, type Fields } from '../typed-config.ts';
import { lua, luaString } from './lua.ts';
import { tokenKey, tokenPlaces } from './places.ts';

/**
 * Returns the filter that removes tokens from cookies if the application must not see them: Envoy itself leaves them
 * there.
 */
export function hiddenCookiesFilter(authentication: Authentication): readonly Fields[] {
  const hidden = tokenPlaces(authentication)
    .filter(({ source }) => source.type === 'cookie')
    .flatMap((place) =>
      place.issuers
        .filter(({ forward }) => !forward)
        .map((issuer) => `[${luaString(tokenKey(issuer, place))}] = ${luaString(place.source.name)}`),
    );
  if (hidden.length === 0) return [];
  return [
    extension('tokens hidden', 'envoy.extensions.filters.http.lua.v3.Lua', {
      default_source_code: { inline_string: `local hidden = {${hidden.join(', ')}}\n${script}` },
    }),
  ];
}

const script = lua(`
local function without(line, cookie)
  local kept = {}
  for part in line:gmatch("[^;]+") do
    if part:match("^%s*([^=]-)%s*=") ~= cookie then kept[#kept + 1] = part:match("^%s*(.-)%s*$") end
  end
  return table.concat(kept, "; ")
end

function envoy_on_request(handle)
  local valid = handle:streamInfo():dynamicMetadata():get("envoy.filters.http.jwt_authn") or {}
  local headers = handle:headers()
  for key, cookie in pairs(hidden) do
    if valid[key] ~= nil then
      local lines = {}
      for line = 0, headers:getNumValues("cookie") - 1 do
        local left = without(headers:getAtIndex("cookie", line), cookie)
        if left ~= "" then lines[#lines + 1] = left end
      end
      headers:remove("cookie")
      for _, line in ipairs(lines) do headers:add("cookie", line) end
    end
  end
end
`);
