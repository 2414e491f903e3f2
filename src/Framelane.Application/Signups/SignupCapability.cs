using Framelane.Application.Capabilities;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Signups;

/// <summary>Whether workspaces are made for whoever signs up.</summary>
sealed class SignupCapability(IOptions<SignupOptions> options) : IAccountCapability
{
    public Capability Describe() => Capability.Configured("signup", options.Value.Enabled);
}
