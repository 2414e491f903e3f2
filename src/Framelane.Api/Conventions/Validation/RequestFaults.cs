using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Validation;

/// <summary>All that is wrong with one request, found by whoever looks at a part of it, and answered together.</summary>
sealed class RequestFaults
{
    readonly List<ValidationFault> faults = [];

    readonly HashSet<string> misshapen = [];

    public IReadOnlyList<ValidationFault> All => faults;

    public bool Any => faults.Count > 0;

    public bool IsFull => faults.Count >= ValidationError.MaxFaults;

    /// <summary>A fault of shape: there is no value at that place to find meaning in.</summary>
    public void AddShape(
        IReadOnlyList<object> loc,
        string type,
        string message,
        object? input = null,
        IReadOnlyDictionary<string, object?>? context = null)
    {
        if (IsFull)
            return;
        faults.Add(new(loc, message, type, input, context));
        misshapen.Add(KeyOf(loc));
    }

    /// <summary>A fault of meaning; dropped where the shape at that place, or around it, was already wrong.</summary>
    public void AddMeaning(ValidationFault fault)
    {
        if (IsFull)
            return;
        for (var length = fault.Loc.Count; length > 0; length--)
        {
            if (misshapen.Contains(KeyOf(fault.Loc.Take(length))))
                return;
        }

        faults.Add(fault);
    }

    static string KeyOf(IEnumerable<object> loc) => string.Join('\0', loc);
}

static class RequestFaultsExtensions
{
    public static RequestFaults RequestFaults(this HttpContext context)
    {
        if (context.Features.Get<RequestFaults>() is { } faults)
            return faults;
        faults = new();
        context.Features.Set(faults);
        return faults;
    }
}
