using System.Net;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

/// <summary>Section <c>Framelane:Metrics</c>.</summary>
public sealed class MetricsOptions
{
    public const string Section = "Framelane:Metrics";

    public const string UrlKey = $"{Section}:{nameof(Url)}";

    /// <summary>Where <c>/metrics</c> is served, as in <c>http://127.0.0.1:9464</c>; left out, nowhere. Whoever reaches it may read it.</summary>
    public string? Url { get; set; }
}

sealed class MetricsOptionsValidator : IValidateOptions<MetricsOptions>
{
    public ValidateOptionsResult Validate(string? name, MetricsOptions options) => string.IsNullOrEmpty(options.Url) || IsAddress(options.Url)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{MetricsOptions.UrlKey} is http, an IP address of this machine, localhost or *, and a port, as in 'http://127.0.0.1:9464'.");

    /// <remarks>A server takes a name that it does not know for all addresses, which nobody means here.</remarks>
    static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http", PathBase: "", IsUnixPipe: false, IsNamedPipe: false }
                && (address.Host is "*" or "+" or "localhost" || IPAddress.TryParse(address.Host, out _));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
