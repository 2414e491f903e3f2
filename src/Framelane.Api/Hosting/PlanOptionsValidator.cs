using System.Globalization;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Scenes;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

/// <summary>Numbers of a plan that could not be meant.</summary>
sealed class PlanOptionsValidator : IValidateOptions<PlanOptions>
{
    public ValidateOptionsResult Validate(string? name, PlanOptions options)
    {
        string[] faults = [.. FaultsOf("free", options.Free), .. FaultsOf("pro", options.Pro), .. FaultsOf("enterprise", options.Enterprise)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> FaultsOf(string plan, PlanAllowance allowance)
    {
        (string Key, double? Value, double Least)[] numbers =
        [
            (nameof(allowance.RequestsPerMinute), allowance.RequestsPerMinute, 1),
            (nameof(allowance.RenderMinutes), allowance.RenderMinutes, 0),
            (nameof(allowance.MaxWidth), allowance.MaxWidth, CreateRenderRequest.MinSide),
            (nameof(allowance.MaxHeight), allowance.MaxHeight, CreateRenderRequest.MinSide),
            (nameof(allowance.ConcurrentRenders), allowance.ConcurrentRenders, 1),
            (nameof(allowance.StorageBytes), allowance.StorageBytes, 0),
        ];
        foreach (var (key, value, least) in numbers)
        {
            if (value is { } given && !(given >= least && double.IsFinite(given)))
                yield return string.Create(CultureInfo.InvariantCulture, $"{PlanOptions.Section}:{plan}:{key} must be at least {least}.");
        }

        if (allowance is { HardCap: true, RenderMinutes: null })
            yield return $"{PlanOptions.Section}:{plan}:HardCap needs {nameof(allowance.RenderMinutes)}.";
        if (allowance.MaxWidth < allowance.MaxHeight)
            yield return $"{PlanOptions.Section}:{plan}:MaxHeight is of the shorter side and must not be above {nameof(allowance.MaxWidth)}.";
    }
}
