using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Stripe</c>. Without a key there is no billing.</summary>
public sealed class StripeOptions
{
    public const string Section = "Framelane:Stripe";

    /// <summary>A secret or restricted key; it may have to write customers, checkout and portal sessions, and read subscriptions.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Of the endpoint that sends its events to <c>POST /v1/billing/events</c>.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>The price that a plan is bought at, by the plan's name: <c>pro</c> or <c>enterprise</c>.</summary>
    public Dictionary<string, string> Prices { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Left out, Stripe's own.</summary>
    public string? ApiBase { get; set; }

    /// <summary>Where Stripe's pages lead back to; left out, <c>Framelane:PublicUrl</c>.</summary>
    public string? ReturnUrl { get; set; }

    public bool IsConfigured => ApiKey is not null;

    public IEnumerable<(Plan Plan, string Price)> PlanPrices => Prices.Select(price => (Enum.Parse<Plan>(price.Key, ignoreCase: true), price.Value));

    public override string ToString() => IsConfigured ? "configured" : "not configured";
}

sealed class StripeOptionsValidator() : SectionValidator<StripeOptions>(StripeOptions.Section)
{
    static readonly string[] Sold = [nameof(Plan.Pro), nameof(Plan.Enterprise)];

    protected override IEnumerable<string> Failures(StripeOptions options)
    {
        foreach (var plan in options.Prices.Keys.Where(plan => !Sold.Contains(plan, StringComparer.OrdinalIgnoreCase)))
            yield return $"{nameof(options.Prices)}:{plan} is of no plan that can be bought; these are pro and enterprise";
        foreach (var plan in options.Prices.Where(price => !IsToken(price.Value)).Select(price => price.Key))
            yield return $"{nameof(options.Prices)}:{plan} is the id of a price";
        if (options.Prices.Values.Distinct(StringComparer.Ordinal).Count() < options.Prices.Count)
            yield return $"{nameof(options.Prices)} has one price for two plans";
        if (options.ApiBase is not null && !HttpAddress.IsBase(options.ApiBase))
            yield return $"{nameof(options.ApiBase)} is an http or https address, without a query";
        if (options.ReturnUrl is not null && !HttpAddress.IsBase(options.ReturnUrl))
            yield return $"{nameof(options.ReturnUrl)} is an http or https address, without a query";
        if (options.ApiKey is not null && !IsToken(options.ApiKey))
            yield return $"{nameof(options.ApiKey)} is a key, or left out";
        if (options.SigningSecret is not null && !IsToken(options.SigningSecret))
            yield return $"{nameof(options.SigningSecret)} is a secret, or left out";
        if (options.ApiKey is null != options.SigningSecret is null)
            yield return $"{nameof(options.SigningSecret)} and {StripeOptions.Section}:{nameof(options.ApiKey)} are given together";
        if (options.ApiKey is null != (options.Prices.Count == 0))
            yield return $"{nameof(options.Prices)} and {StripeOptions.Section}:{nameof(options.ApiKey)} are given together";
    }

    /// <summary>As it goes into a header or a form: visible ASCII.</summary>
    static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
