using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var faults = options.AllowedNetworks
            .Select((text, index) => (text, index))
            .Where(entry => !AllowedNetwork.TryParse(entry.text, out _))
            .Select(entry =>
                $"{OutboundOptions.Section}:{nameof(OutboundOptions.AllowedNetworks)}:{entry.index}: '{entry.text}' is not a CIDR range "
                + "such as 10.1.0.0/16, 192.168.1.20/32 or fd00::/8 (all bits after the prefix must be zero).")
            .ToList();

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
