using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;

namespace Framelane.Application.ApiKeys;

static class ApiKeyErrors
{
    public static readonly Error TooMany = Error.Conflict($"A workspace has at most {ApiKey.MaxPerWorkspace} API keys; revoke one first.");
}
