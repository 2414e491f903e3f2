using Framelane.Application.Abstractions;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;

namespace Framelane.Application.Billing;

sealed class BillingCapability(IBillingProvider provider) : IAccountCapability
{
    public Capability Describe() => Capability.Configured(
        "billing",
        provider.IsConfigured,
        new Dictionary<string, CapabilityParameter> { ["plan"] = new("string", Enum: [.. provider.Plans.Select(WireNames.Of)]) });
}
