-- Posts the same GraphQL request over and over. Arguments: the access token, the body.
function init(arguments)
  wrk.method = "POST"
  wrk.body = arguments[2]
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Accept"] = "application/json"
end

-- One line for a program to read: requests, microseconds, bytes read, failed requests.
function done(summary)
  local errors = summary.errors
  io.write(string.format("measured %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
