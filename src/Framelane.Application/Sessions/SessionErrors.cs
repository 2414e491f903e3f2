using Framelane.Domain.Common;

namespace Framelane.Application.Sessions;

static class SessionErrors
{
    public static readonly Error NotConfigured = new("not_configured", "This installation has no identity provider for its console.");

    /// <summary>One answer for all that can be wrong with a token.</summary>
    public static readonly Error NotProven = new("unauthorized", "Missing or invalid session token.");
}
