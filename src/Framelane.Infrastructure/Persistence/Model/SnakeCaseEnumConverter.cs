using Framelane.Application.Common;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>Stores an enum by the name that the API gives its values.</summary>
sealed class SnakeCaseEnumConverter<T>() : ValueConverter<T, string>(value => WireNames.Of(value), text => Parse(text))
    where T : struct, Enum
{
    static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(WireNames.Of);

    static T Parse(string text) => ByName[text];
}
