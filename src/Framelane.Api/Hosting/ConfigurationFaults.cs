using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

/// <summary>Finds wrong configuration before anything runs, so that the start ends with a sentence and not with a stack trace.</summary>
static class ConfigurationFaults
{
    /// <summary>A sentence a fault, each naming its key; empty where all is well.</summary>
    /// <remarks>In a container of its own: the application's asks for settings while it is being built, and would fail at the first wrong one.</remarks>
    public static IReadOnlyList<string> FindConfigurationFaults(this IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (Exception exception)
        {
            return [.. SentencesOf(exception).Distinct()];
        }
    }

    static IEnumerable<string> SentencesOf(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(SentencesOf),
        OptionsValidationException invalid => invalid.Failures,

        // The binder's, for a value that is not even of the right type; its message names the key.
        _ => [exception.Message],
    };
}
