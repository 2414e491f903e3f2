using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.Headers;

/// <summary>Section <c>Framelane:Cors</c>.</summary>
public sealed class CrossOriginOptions
{
    public const string Section = "Framelane:Cors";

    /// <summary>Origins whose pages a browser lets call the API, as in <c>https://console.example.com</c>; left out, none.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];
}

sealed class CrossOriginOptionsValidator : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        string[] faults =
        [
            .. options.Origins
                .Select((origin, index) => FaultOf(origin) is { } fault ? $"{CrossOriginOptions.Section}:{nameof(options.Origins)}:{index} {fault}" : null)
                .OfType<string>(),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static string? FaultOf(string origin)
    {
        if (origin.Contains('*', StringComparison.Ordinal))
            return "has a *: name each origin whose pages may call the API, as in 'https://console.example.com'.";
        return IsOrigin(origin)
            ? null
            : "is not an origin as browsers send it: http or https, a host, a port that is not the scheme's own, and nothing behind, not even a slash, as in 'https://console.example.com'.";
    }

    static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
        && url.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
