using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Framelane.Api.Conventions.Headers;

/// <summary>Section <c>Framelane:Proxies</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Framelane:Proxies";

    /// <summary>CIDR ranges whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public IReadOnlyList<string> Known { get; set; } = [];
}

sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        string[] faults =
        [
            .. options.Known
                .Select((range, index) => (range, index))
                .Where(known => !IPNetwork.TryParse(known.range, out _))
                .Select(known => $"{ProxyOptions.Section}:Known:{known.index} is not a CIDR range: {known.range}"),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

sealed class KnownProxies(IOptions<ProxyOptions> proxies) : IConfigureOptions<ForwardedHeadersOptions>
{
    public void Configure(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = proxies.Value.Known.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var range in proxies.Value.Known)
            options.KnownIPNetworks.Add(IPNetwork.Parse(range));
    }
}
