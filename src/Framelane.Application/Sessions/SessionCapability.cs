using Framelane.Application.Abstractions;
using Framelane.Application.Capabilities;

namespace Framelane.Application.Sessions;

/// <summary>Whether the console can be entered by sessions of an identity provider.</summary>
sealed class SessionCapability(ISessionTokens tokens) : IAccountCapability
{
    public Capability Describe() => Capability.Configured("session", tokens.AreConfigured);
}
