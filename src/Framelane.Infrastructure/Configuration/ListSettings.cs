using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>
/// Lists among the settings. The binder passes over one that is written as a single value, which is what people write in an environment
/// variable, and over an item that it cannot read: in silence, and a guard or a schedule would be another than was meant.
/// </summary>
static class ListSettings
{
    /// <summary>Takes a single value for items between commas, and stops the start where one could not be read.</summary>
    /// <param name="options">What the list belongs to, bound already.</param>
    /// <param name="key">The list's whole key.</param>
    /// <param name="items">The list.</param>
    /// <param name="rule">What an item is, for the message.</param>
    public static OptionsBuilder<TOptions> WithList<TOptions, TItem>(
        this OptionsBuilder<TOptions> options, string key, Func<TOptions, IList<TItem>> items, string rule)
        where TOptions : class
        where TItem : IParsable<TItem> => options
        .Configure<IConfiguration>((settings, configuration) =>
        {
            foreach (var text in BetweenCommas(configuration, key))
            {
                if (TItem.TryParse(text, CultureInfo.InvariantCulture, out var item))
                    items(settings).Add(item);
            }
        })
        .Validate<IConfiguration>(
            (settings, configuration) =>
                items(settings).Count == BetweenCommas(configuration, key).Length + configuration.GetSection(key).GetChildren().Count(),
            $"{key}: an item is not {rule}.");

    /// <summary>A list that is one value with commas, also where it is written item by item; null where it is not written.</summary>
    public static string? WithCommas(this IConfigurationSection list) =>
        list.Exists() ? string.Join(',', list.GetChildren().Select(item => item.Value).Prepend(list.Value)) : null;

    static string[] BetweenCommas(IConfiguration configuration, string key) =>
        configuration[key]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
