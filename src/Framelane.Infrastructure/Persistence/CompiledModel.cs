using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Framelane.Infrastructure.Persistence;

/// <summary>
/// The model as scripts/compile-models.sh has written it beside each provider's migrations: a start that builds it from the configurations
/// takes a tenth longer. What is compiled must be what would be built, or queries read another schema than the migrations make:
/// run the script after each change of the model.
/// </summary>
static class CompiledModel
{
    /// <summary>Where there is none yet, the model is built as ever.</summary>
    public static DbContextOptionsBuilder UseCompiledModel(this DbContextOptionsBuilder options, string migrationsAssembly) =>
        Find(migrationsAssembly) is { } model ? options.UseModel(model) : options;

    // By its name, as EF finds the migrations: their project refers to this one.
    static IModel? Find(string assembly) =>
        (IModel?)Type.GetType($"{assembly}.CompiledModel.FramelaneDbContextModel, {assembly}")?.GetProperty("Instance")!.GetValue(null);
}
