using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.SqlServer;

static class SqlServerModel
{
    /// <summary>Order of bytes: ids sort by time here as they do elsewhere, whatever the database's own collation.</summary>
    const string BinaryCollation = "Latin1_General_100_BIN2";

    /// <summary>Texts that the program compares get it; those that only people read keep the database's.</summary>
    public static void Apply(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (property.IsUnicode() == false || (property.IsPrimaryKey() && property.ClrType == typeof(string)))
                    property.SetCollation(BinaryCollation);
            }
        }
    }
}
