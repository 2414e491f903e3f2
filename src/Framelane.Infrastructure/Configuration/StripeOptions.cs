using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Configuration;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Stripe</c>. Without a key there is no billing.</summary>
public sealed class StripeOptions
{
    public const string Section = "Framelane:Stripe";

    /// <summary>A secret or restricted key; it has to write customers, checkout and portal sessions, and meter events where there is a meter, and read subscriptions.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Of the endpoint that sends its events to <c>POST /v1/billing/events</c>.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>
    /// Prices of a plan between commas, by the plan's name: <c>pro</c> or <c>enterprise</c>. It is bought at the first; the others are those at
    /// which some still have it.
    /// </summary>
    public Dictionary<string, string> Prices { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What minutes beyond a plan's are reported to; left out, they are not.</summary>
    public StripeMeterOptions Meter { get; set; } = new();

    /// <summary>Left out, Stripe's own.</summary>
    public string? ApiBase { get; set; }

    /// <summary>Where Stripe's pages lead back to; left out, <c>Framelane:PublicUrl</c>.</summary>
    public string? ReturnUrl { get; set; }

    public bool IsConfigured => ApiKey is not null;

    /// <summary>All prices of the plans, the one that a plan is bought at before its others.</summary>
    public IEnumerable<(Plan Plan, string Price)> PlanPrices =>
        Prices.SelectMany(prices => BetweenCommas(prices.Value).Select(price => (Enum.Parse<Plan>(prices.Key, ignoreCase: true), price)));

    /// <summary>Takes prices that are written item by item, which a single value has no place for.</summary>
    internal void TakeItems(IConfigurationSection prices)
    {
        foreach (var plan in prices.GetChildren().Where(plan => plan.GetChildren().Any()))
            Prices[plan.Key] = plan.WithCommas()!;
    }

    internal static string[] BetweenCommas(string prices) => prices.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override string ToString() => IsConfigured ? "configured" : "not configured";
}

/// <summary>Section <c>Framelane:Stripe:Meter</c>: both or neither.</summary>
public sealed class StripeMeterOptions
{
    /// <summary>Characters of a meter's event name.</summary>
    internal const int MaxNameLength = 100;

    /// <summary>The meter's.</summary>
    public string? EventName { get; set; }

    /// <summary>The price of a minute by that meter. It is bought with each plan that bills beyond its minutes.</summary>
    public string? Price { get; set; }

    public bool IsConfigured => EventName is not null;
}

sealed class StripeOptionsValidator() : SectionValidator<StripeOptions>(StripeOptions.Section)
{
    static readonly string[] Sold = [nameof(Plan.Pro), nameof(Plan.Enterprise)];

    protected override IEnumerable<string> Failures(StripeOptions options)
    {
        foreach (var plan in options.Prices.Keys.Where(plan => !Sold.Contains(plan, StringComparer.OrdinalIgnoreCase)))
            yield return $"{nameof(options.Prices)}:{plan} is of no plan that can be bought; these are pro and enterprise";
        foreach (var (plan, _) in options.Prices.Where(prices => StripeOptions.BetweenCommas(prices.Value) is var all && (all.Length == 0 || !all.All(IsToken))))
            yield return $"{nameof(options.Prices)}:{plan} is the id of a price, or several between commas";
        var prices = options.Prices.Values.SelectMany(StripeOptions.BetweenCommas).ToArray();
        if (prices.Distinct(StringComparer.Ordinal).Count() < prices.Length)
            yield return $"{nameof(options.Prices)} has a price twice";
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
        foreach (var failure in Failures(options, options.Meter))
            yield return failure;
    }

    static IEnumerable<string> Failures(StripeOptions options, StripeMeterOptions meter)
    {
        const string Name = $"{nameof(StripeOptions.Meter)}:{nameof(StripeMeterOptions.EventName)}", Price = $"{nameof(StripeOptions.Meter)}:{nameof(StripeMeterOptions.Price)}";
        if (meter.EventName is { } name && (!IsToken(name) || name.Length > StripeMeterOptions.MaxNameLength))
            yield return $"{Name} is the event name of a meter, or left out";
        if (meter.Price is { } price && !IsToken(price))
            yield return $"{Price} is the id of a price, or left out";
        if (meter.EventName is null != meter.Price is null)
            yield return $"{Price} and {StripeOptions.Section}:{Name} are given together";
        if (meter.Price is { } metered && options.Prices.Values.SelectMany(StripeOptions.BetweenCommas).Contains(metered, StringComparer.Ordinal))
            yield return $"{Price} is a plan's";
        if (meter.IsConfigured && options.ApiKey is null)
            yield return $"{Name} needs {StripeOptions.Section}:{nameof(options.ApiKey)}";
    }

    /// <summary>As it goes into a header or a form: visible ASCII.</summary>
    static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
